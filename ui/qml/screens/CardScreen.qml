pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// Read the card: where to lay it, what is happening, what to do when it fails, and the way without a chip.
GsCasePage {
    id: screen

    readonly property CardController card: kiosk.card
    readonly property bool stating: card.phase === "stating"

    title: stating ? qsTr("请按证件填写") : kiosk.visit.state === "cases_card" ? qsTr("请刷身份证，查看您的办件") : qsTr("请把身份证放在读卡区")
    subtitle: stating ? "" : kiosk.visit.state === "feedback_card" ? qsTr("只用来以后认出是您来查答复，处理意见的人看不到您的姓名和号码。") : qsTr("本人身份证、居住证或外国人永久居留证都可以。")
    plain: !stating
    primaryText: stating ? qsTr("确认身份") : card.phase === "failed" ? qsTr("再试一次") : ""
    primaryIcon: stating ? "check" : "refresh"
    onPrimary: stating ? card.state(form.idNo, form.fullName, form.seen) : card.retry()
    goBack: () => stating ? card.retry() : kiosk.visit.go("back")
    extras: [
        GsButton {
            objectName: "stateIdentity"
            visible: screen.card.mayState && !screen.stating
            text: qsTr("没有带卡")
            iconName: "id-off"
            onClicked: screen.card.startStating()
        }
    ]

    ColumnLayout {
        parent: screen.stage
        visible: !screen.stating
        anchors.horizontalCenter: parent.horizontalCenter
        height: parent.height
        width: Math.min(parent.width - 2 * GsTheme.margin, GsTheme.px(GsTheme.elder ? 1600 : 1300))
        spacing: GsTheme.elder ? GsTheme.gapSmall : GsTheme.gapLarge

        Item {
            Layout.fillHeight: true
        }
        // Whatever the words leave.
        GsCardPicture {
            Layout.alignment: Qt.AlignHCenter
            Layout.fillHeight: true
            Layout.minimumHeight: GsTheme.px(48)
            Layout.preferredHeight: Math.min(GsTheme.px(340), screen.stage.height * 0.4)
            Layout.maximumHeight: Layout.preferredHeight
            Layout.preferredWidth: height * 1.9
            phase: screen.card.phase
        }
        GsText {
            objectName: "cardGuidance"
            visible: screen.card.phase !== "failed"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: ({
                    waiting: qsTr("平放在亮灯的读卡区，不要移动"),
                    reading: qsTr("正在读取，请不要拿开"),
                    read: qsTr("读好了，请收好您的身份证")
                })[screen.card.phase] ?? ""
            role: GsTheme.elder && !GsTheme.portrait ? "lead" : "title"
            strong: true
        }
        GsText {
            visible: screen.card.phase === "waiting"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("没有芯片的证件、孩子或卡坏了，请找身旁的工作人员，一样能办。")
            soft: true
        }
        GsProblem {
            Layout.fillWidth: true
            visit: screen.kiosk.visit
        }
        Item {
            Layout.fillHeight: true
        }
    }

    GsIdentityForm {
        id: form
        visible: screen.stating
        Layout.fillWidth: true
        Layout.maximumWidth: GsTheme.px(1100)
        staff: screen.kiosk.visit.staffHere
    }
    GsProblem {
        visit: screen.kiosk.visit
        shown: screen.stating
        Layout.fillWidth: true
    }
}
