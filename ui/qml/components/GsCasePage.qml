import QtQuick
import Jinban

// A page that is one of the counted steps of an application: knows its place and the way back.
GsPage {
    id: casePage

    required property Kiosk kiosk

    // What going back means here. A screen with views of its own gives its own; an `onBack` beside it would run as well.
    property var goBack: () => casePage.kiosk.visit.go("back")

    step: kiosk.visit.stepNumber
    steps: kiosk.visit.stepTotal
    stepName: GsWords.step(kiosk.visit.stepName)
    stepNext: kiosk.visit.stepNext === "" ? "" : GsWords.step(kiosk.visit.stepNext)
    backVisible: kiosk.visit.canGoBack
    busy: kiosk.visit.busy
    onBack: goBack()
}
