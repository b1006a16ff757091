import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import "../theme"

// One of two or three ways on, as a tall card.
Button {
    id: control

    property string iconName: ""
    property string note: ""
    property bool chosen: false

    focusPolicy: Qt.TabFocus
    padding: GsTheme.px(36)
    implicitHeight: column.implicitHeight + 2 * padding
    implicitWidth: GsTheme.px(360)
    Accessible.name: text
    Accessible.description: note

    background: GsSurface {
        raised: true
        colour: control.down || control.chosen ? GsTheme.colour.accentSoft : GsTheme.colour.surface
        edge: control.chosen ? GsTheme.colour.accent : GsTheme.colour.line
        stroke: control.chosen ? GsTheme.px(4) : GsTheme.highContrast ? GsTheme.stroke : 1
    }
    contentItem: ColumnLayout {
        id: column
        spacing: GsTheme.gap

        Rectangle {
            implicitWidth: GsTheme.px(104 * GsTheme.titles)
            implicitHeight: implicitWidth
            radius: implicitWidth / 2
            color: GsTheme.colour.accentSoft
            GsIcon {
                anchors.centerIn: parent
                name: control.iconName
                colour: GsTheme.colour.accentInk
                size: GsTheme.px(58 * GsTheme.titles)
            }
        }
        GsText {
            Layout.fillWidth: true
            text: control.text
            role: "lead"
            strong: true
        }
        GsText {
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: control.note
            soft: true
        }
    }
}
