import QtQuick
import QtQuick.Layouts
import "../theme"

// Nobody has touched the screen for a while: how many seconds are left, and the one button that keeps the visit.
GsDialog {
    id: countdown

    required property int seconds
    signal more
    signal finish

    open: seconds > 0
    title: qsTr("您还在吗？")
    iconName: "hourglass"
    actions: RowLayout {
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsButton {
            objectName: "finishNow"
            text: qsTr("不办了，结束")
            onClicked: countdown.finish()
        }
        GsButton {
            objectName: "moreTime"
            Layout.fillWidth: true
            kind: "primary"
            text: qsTr("还需要时间")
            onClicked: countdown.more()
        }
    }

    GsText {
        objectName: "countdownText"
        Layout.fillWidth: true
        text: qsTr("为了保护您的信息，%1 秒后会自动结束。").arg(countdown.seconds)
        role: "lead"
    }
}
