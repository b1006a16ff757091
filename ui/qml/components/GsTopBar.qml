import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// Which service point this is, how the machine is, and (in landscape) the ways to read it better.
Rectangle {
    id: bar

    required property Kiosk kiosk
    property bool wayOut: false

    signal statusAsked
    signal finishAsked

    implicitHeight: GsTheme.targetSmall + 2 * GsTheme.px(14)
    color: GsTheme.colour.surface

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: 1
        color: GsTheme.colour.line
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.portrait ? GsTheme.gapLarge : GsTheme.gap
        spacing: GsTheme.gapSmall

        GsMark {
            size: GsTheme.px(54)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0
            GsText {
                Layout.fillWidth: true
                text: qsTr("近办")
                role: "body"
                strong: true
                lineHeight: 1.05
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
            GsText {
                visible: !(GsTheme.compact && GsTheme.elder)
                Layout.fillWidth: true
                text: bar.kiosk.status.pointName
                role: "caption"
                soft: true
                lineHeight: 1.05
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
        }
        GsTag {
            visible: bar.kiosk.status.demo
            text: qsTr("演示数据")
            mood: "info"
        }
        GsReadingTools {
            visible: !GsTheme.portrait
            preferences: bar.kiosk.preferences
        }
        GsStatusCorner {
            objectName: "statusCorner"
            status: bar.kiosk.status
            onClicked: bar.statusAsked()
        }
        GsButton {
            objectName: "finishVisit"
            visible: bar.wayOut && !GsTheme.portrait
            small: true
            kind: "danger"
            iconName: "logout"
            text: qsTr("结束")
            onClicked: bar.finishAsked()
        }
    }
}
