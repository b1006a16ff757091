import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// In portrait, what a seated person must reach stands at the foot of the screen.
Rectangle {
    id: bar

    required property Kiosk kiosk
    signal finishAsked

    implicitHeight: row.implicitHeight + 2 * GsTheme.px(12)
    color: GsTheme.colour.surface

    Rectangle {
        width: parent.width
        height: 1
        color: GsTheme.colour.line
    }
    RowLayout {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: GsTheme.gapLarge
        anchors.rightMargin: GsTheme.gapLarge
        spacing: GsTheme.gapSmall

        GsReadingTools {
            preferences: bar.kiosk.preferences
        }
        Item {
            Layout.fillWidth: true
        }
        GsButton {
            objectName: "finishVisit"
            visible: bar.kiosk.visit.underWay
            small: true
            kind: "danger"
            iconName: "logout"
            text: qsTr("结束")
            onClicked: bar.finishAsked()
        }
    }
}
