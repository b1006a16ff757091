import QtQuick
import QtQuick.Layouts
import "../theme"

// What is wrong with one answer, in words and with a sign.
RowLayout {
    id: mistake

    required property string text

    visible: text !== ""
    spacing: GsTheme.gapSmall

    GsIcon {
        Layout.alignment: Qt.AlignTop
        name: "alert-circle"
        colour: GsTheme.colour.bad
        size: GsTheme.px(30 * GsTheme.titles)
    }
    GsText {
        Layout.fillWidth: true
        text: mistake.text
        role: "small"
        strong: true
        color: GsTheme.colour.bad
    }
}
