import QtQuick
import QtQuick.Layouts
import "../theme"

// A short label over what it says.
ColumnLayout {
    id: fact

    required property string label
    required property string value
    property string iconName: ""

    spacing: GsTheme.gapTiny

    RowLayout {
        spacing: GsTheme.px(8)
        GsIcon {
            visible: fact.iconName !== ""
            name: fact.iconName
            colour: GsTheme.colour.textSoft
            size: GsTheme.px(28 * GsTheme.titles)
        }
        GsText {
            Layout.fillWidth: true
            text: fact.label
            role: "small"
            soft: true
            lineHeight: 1.15
        }
    }
    GsText {
        Layout.fillWidth: true
        text: fact.value
        role: "body"
        strong: true
        lineHeight: 1.25
    }
}
