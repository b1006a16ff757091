pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// One person's cases with their state in words, and what was kept to go on with.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property CasesController cases: kiosk.cases

    // Not before everybody who was asked has answered.
    readonly property bool nothing: cases.rows.count === 0 && cases.kept.count === 0 && !kiosk.visit.busy && cases.elsewhere !== "" && cases.elsewhere !== "asking"

    title: qsTr("我的办件")
    subtitle: nothing ? (cases.elsewhere === "told" ? qsTr("还没有查到您的办件。") : qsTr("这台机器上还没有您的办件。")) : kiosk.people.holderMasked
    busy: kiosk.visit.busy
    onBack: kiosk.visit.go("home")
    backText: qsTr("返回首页")

    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
    GsBanner {
        objectName: "casesElsewhere"
        visible: screen.cases.elsewhere === "asking" || screen.cases.elsewhere === "offline"
        Layout.fillWidth: true
        mood: "info"
        iconName: screen.cases.elsewhere === "asking" ? "clock" : "wifi-off"
        text: screen.cases.elsewhere === "asking" ? qsTr("正在查您在别处办的件，请稍等。") : qsTr("现在没有网络，只能看到在这台机器上办的。")
        action: screen.cases.elsewhere === "asking" ? "" : qsTr("别处办的，可以打 %1 查，或者过一会儿再来。").arg(GsWords.hotline)
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
    GsText {
        visible: screen.kiosk.feedback.mine.count > 0
        Layout.fillWidth: true
        Layout.topMargin: GsTheme.gap
        text: qsTr("我提的意见")
        role: "lead"
        strong: true
    }
    Repeater {
        model: screen.kiosk.feedback.mine
        GsFeedback {
            Layout.fillWidth: true
        }
    }
}
