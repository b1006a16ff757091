import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import "../theme"

// One level of the rating; every level looks alike, so that none is suggested.
Button {
    id: face

    property string iconName: ""

    focusPolicy: Qt.TabFocus
    padding: GsTheme.gap
    implicitHeight: grid.implicitHeight + 2 * padding
    Accessible.name: text

    background: GsSurface {
        raised: true
        colour: face.down ? GsTheme.colour.accentSoft : GsTheme.colour.surface
        edge: GsTheme.colour.line
        stroke: GsTheme.highContrast ? GsTheme.stroke : 1
    }
    contentItem: GridLayout {
        id: grid
        columns: GsTheme.portrait ? 2 : 1
        columnSpacing: GsTheme.gapLarge
        rowSpacing: GsTheme.gap

        GsIcon {
            Layout.alignment: Qt.AlignHCenter
            Layout.leftMargin: GsTheme.portrait ? GsTheme.gap : 0
            Layout.topMargin: GsTheme.portrait ? 0 : GsTheme.gap
            name: face.iconName
            colour: GsTheme.colour.accentInk
            size: GsTheme.px((GsTheme.portrait ? 84 : 120) * (GsTheme.elder ? 1.15 : 1))
        }
        GsText {
            Layout.fillWidth: true
            Layout.bottomMargin: GsTheme.portrait ? 0 : GsTheme.gap
            horizontalAlignment: GsTheme.portrait ? Text.AlignLeft : Text.AlignHCenter
            text: face.text
            role: "lead"
            strong: true
        }
    }
}
