import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// In portrait, what a seated person must reach stands at the foot of the screen.
Rectangle {
    id: bar

    required property Kiosk kiosk
    signal finishAsked
    signal languageAsked

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
            id: tools
            bare: tools.fullWidth + 2 * row.spacing + (way.visible ? way.fullWidth : 0) > row.width
            preferences: bar.kiosk.preferences
            onLanguageAsked: bar.languageAsked()
        }
        Item {
            Layout.fillWidth: true
        }
        GsButton {
            id: way
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
