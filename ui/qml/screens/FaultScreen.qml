import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// The terminal cannot go on by itself: says so, what is safe, and what to do next.
GsPage {
    id: screen

    required property Kiosk kiosk

    backVisible: false
    primaryText: qsTr("回到开头")
    primaryIcon: "home"
    onPrimary: kiosk.visit.leave()
    plain: true

    ColumnLayout {
        parent: screen.stage
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * GsTheme.margin, GsTheme.px(1300))
        spacing: GsTheme.gapLarge

        GsIcon {
            Layout.alignment: Qt.AlignHCenter
            name: "tools"
            colour: GsTheme.colour.warn
            size: GsTheme.px(130)
        }
        GsText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("机器出了点问题，不是您的错")
            role: "headline"
        }
        GsText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("已经提交的都在，没提交的刷同一张身份证可以接着办。请从头再试一次；还不行，就把下面的号码告诉工作人员。")
            role: "lead"
        }
        GsText {
            objectName: "incident"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("问题编号 %1").arg(screen.kiosk.visit.incident)
            role: "lead"
            strong: true
        }
    }
}
