pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../components"

// One person's cases with their state in words, and what was kept to go on with.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property CasesController cases: kiosk.cases

    title: qsTr("我的办件")
    subtitle: cases.rows.count === 0 && cases.kept.count === 0 && !kiosk.visit.busy ? qsTr("这台机器上还没有您的办件。") : kiosk.people.holderMasked
    busy: kiosk.visit.busy
    onBack: kiosk.visit.go("home")
    backText: qsTr("返回首页")

    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
    Repeater {
        model: screen.cases.kept
        GsChoice {
            required property string caseId
            required property string itemName
            required property string updated
            Layout.fillWidth: true
            objectName: "resume_" + caseId
            iconName: "history"
            text: qsTr("接着办：%1").arg(itemName)
            note: qsTr("上次办到 %1").arg(GsWords.moment(updated))
            onClicked: screen.cases.resume(caseId)
        }
    }
    Repeater {
        model: screen.cases.rows
        GsCaseRow {
            Layout.fillWidth: true
            objectName: "case_" + submissionNo
            onClicked: screen.cases.open(submissionNo)
        }
    }
}
