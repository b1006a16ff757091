import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// Which service point this is, how the machine is, and (in landscape) the ways to read it better.
Rectangle {
    id: bar

    required property Kiosk kiosk
    property bool wayOut: false

    // What does not fit goes, in this order: the name of the place, the words beside the state, those beside the tools.
    readonly property real bars: GsTheme.margin + row.anchors.rightMargin + 4 * row.spacing + mark.width + (tag.visible ? tag.implicitWidth : 0) + (way.visible ? way.fullWidth + row.spacing : 0)
    readonly property real tooling: tools.visible ? tools.fullWidth + row.spacing : 0
    readonly property bool wordy: bars + tooling + corner.fullWidth <= width
    readonly property bool named: bars + tooling + corner.fullWidth + Math.max(name.implicitWidth, place.implicitWidth) <= width

    signal statusAsked
    signal finishAsked
    signal languageAsked

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
        id: row
        anchors.fill: parent
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.portrait ? GsTheme.gapLarge : GsTheme.gap
        spacing: GsTheme.gapSmall

        GsMark {
            id: mark
            size: GsTheme.px(54)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0
            GsText {
                id: name
                visible: bar.named
                Layout.fillWidth: true
                text: qsTr("近办")
                role: "body"
                strong: true
                lineHeight: 1.05
                wrapMode: Text.NoWrap
            }
            GsText {
                id: place
                visible: bar.named
                Layout.fillWidth: true
                text: bar.kiosk.status.pointName
                role: "caption"
                soft: true
                lineHeight: 1.05
                wrapMode: Text.NoWrap
            }
        }
        GsTag {
            id: tag
            visible: bar.kiosk.status.demo
            text: qsTr("演示数据")
            mood: "info"
        }
        GsReadingTools {
            id: tools
            bare: bar.bars + tools.fullWidth + corner.implicitWidth > bar.width
            visible: !GsTheme.portrait
            preferences: bar.kiosk.preferences
            onLanguageAsked: bar.languageAsked()
        }
        GsStatusCorner {
            id: corner
            objectName: "statusCorner"
            wordy: bar.wordy
            status: bar.kiosk.status
            onClicked: bar.statusAsked()
        }
        GsButton {
            id: way
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
