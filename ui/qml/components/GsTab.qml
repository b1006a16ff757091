import QtQuick
import QtQuick.Controls.Basic
import "../theme"

// One tab; the open one has a bar at its side and bold words.
Button {
    id: tab

    property bool open: false

    focusPolicy: Qt.TabFocus
    implicitHeight: Math.max(GsTheme.targetSmall, contentItem.implicitHeight + GsTheme.px(20))
    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.checked: open

    background: Rectangle {
        radius: GsTheme.radius
        color: tab.open ? GsTheme.colour.accentSoft : tab.down ? GsTheme.colour.sunken : "transparent"
        border.width: GsTheme.highContrast || GsTheme.portrait ? 1 : 0
        border.color: tab.open ? GsTheme.colour.accent : GsTheme.colour.line

        Rectangle {
            visible: tab.open
            y: GsTheme.px(14)
            width: GsTheme.px(6)
            height: parent.height - 2 * y
            radius: width / 2
            color: GsTheme.colour.accent
        }
    }
    contentItem: GsText {
        leftPadding: GsTheme.px(12)
        text: tab.text
        role: GsTheme.portrait ? "small" : "body"
        strong: tab.open
        color: tab.open ? GsTheme.colour.accentInk : GsTheme.colour.text
        lineHeight: 1
        verticalAlignment: Text.AlignVCenter
    }
}
