import QtQuick
import QtQuick.Layouts
import "../theme"

// A question that must be answered before anything else. Covers the window; nothing behind it can be touched. What does
// not fit scrolls between the title and the `actions`, which always stand in sight.
FocusScope {
    id: dialog

    default property alias items: content.items
    property alias actions: foot.data
    property string title: ""
    property string iconName: ""
    property bool open: false

    anchors.fill: parent
    visible: open
    z: 100
    onOpenChanged: if (open)
        forceActiveFocus()
    Accessible.role: Accessible.Dialog
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        color: GsTheme.colour.scrim
        MouseArea {
            anchors.fill: parent
        }
    }
    GsCard {
        id: frame
        anchors.centerIn: parent
        height: Math.min(implicitHeight, parent.height - 2 * GsTheme.gapLarge)
        width: Math.min(parent.width - 2 * GsTheme.gapLarge, GsTheme.px(GsTheme.elder ? 1160 : 920))
        raised: true
        padding: GsTheme.px(44)
        spacing: GsTheme.gapLarge

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: GsTheme.margin - frame.padding
            Layout.rightMargin: GsTheme.margin - frame.padding
            spacing: GsTheme.gap
            GsIcon {
                visible: dialog.iconName !== ""
                name: dialog.iconName
                colour: GsTheme.colour.accentInk
                size: GsTheme.px(52 * GsTheme.titles)
            }
            GsText {
                Layout.fillWidth: true
                text: dialog.title
                role: "title"
            }
        }
        GsScroll {
            id: content
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: flickable.contentHeight
            Layout.leftMargin: -frame.padding
            Layout.rightMargin: -frame.padding
            tail: 0
        }
        ColumnLayout {
            id: foot
            visible: children.length > 0
            Layout.fillWidth: true
            Layout.leftMargin: GsTheme.margin - frame.padding
            Layout.rightMargin: GsTheme.margin - frame.padding
        }
    }
}
