import QtQuick
import QtQuick.Layouts
import "../theme"

// A label beside its value, or above it where there is little room; a private value is shown only while held.
GridLayout {
    id: line

    required property string label
    required property string full
    property string hidden: full
    property string note: ""
    property bool labelAbove: GsTheme.portrait && GsTheme.elder

    columns: labelAbove ? 1 : 2
    columnSpacing: GsTheme.gap
    rowSpacing: 0

    GsText {
        Layout.preferredWidth: GsTheme.px(360 * (GsTheme.elder ? 1.2 : 1))
        Layout.alignment: Qt.AlignTop
        text: line.label
        soft: true
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0
        GsMasked {
            Layout.fillWidth: true
            hidden: line.hidden
            full: line.full
            strong: true
        }
        GsText {
            visible: line.note !== ""
            Layout.fillWidth: true
            text: line.note
            role: "small"
            soft: true
        }
    }
}
