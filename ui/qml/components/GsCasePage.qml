import QtQuick
import Jinban

// A page that is one of the counted steps of an application: knows its place and the way back.
GsPage {
    id: casePage

    required property Kiosk kiosk

    step: kiosk.visit.stepNumber
    steps: kiosk.visit.stepTotal
    stepName: GsWords.step(kiosk.visit.stepName)
    stepNext: kiosk.visit.stepNext === "" ? "" : GsWords.step(kiosk.visit.stepNext)
    backVisible: kiosk.visit.canGoBack
    busy: kiosk.visit.busy
    onBack: kiosk.visit.go("back")
}
