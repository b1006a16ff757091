import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import "../theme"

// A large answer to a question. Chosen is said by a tick and the outline, not by colour alone.
Button {
    id: control

    property string iconName: ""
    property string note: ""
    property bool chosen: false
    property bool showMark: true

    focusPolicy: Qt.TabFocus
    padding: GsTheme.gap
    implicitHeight: Math.max(GsTheme.target + GsTheme.px(12), row.implicitHeight + 2 * padding)
    implicitWidth: row.implicitWidth + 2 * padding
    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    Accessible.description: note
    Accessible.checkable: true
    Accessible.checked: chosen

    background: GsSurface {
        raised: !control.chosen
        radius: GsTheme.radius
        colour: control.down || control.chosen ? GsTheme.colour.accentSoft : GsTheme.colour.surface
        edge: control.chosen ? GsTheme.colour.accent : GsTheme.colour.line
        stroke: control.chosen || GsTheme.highContrast ? GsTheme.px(3) : 1
    }
    contentItem: RowLayout {
        id: row
        spacing: GsTheme.gap

        GsIcon {
            visible: control.iconName !== ""
            name: control.iconName
            colour: GsTheme.colour.accentInk
            size: GsTheme.px(44 * GsTheme.titles)
        }
        ColumnLayout {
            spacing: GsTheme.gapTiny
            Layout.fillWidth: true
            GsText {
                Layout.fillWidth: true
                text: control.text
                role: "body"
                strong: true
                lineHeight: 1.2
            }
            GsText {
                visible: control.note !== ""
                Layout.fillWidth: true
                text: control.note
                role: "small"
                soft: true
            }
        }
        GsIcon {
            visible: control.showMark
            name: control.chosen ? "circle-check" : "chevron-right"
            colour: control.chosen ? GsTheme.colour.accentInk : GsTheme.colour.textSoft
        }
    }
}
