import QtQuick
import QtQuick.Controls.Basic
import "../theme"

// What a longer answer is written in, as `GsInput` for a short one: several lines, no more than `limit` characters.
TextArea {
    id: lines

    property string pad: "text"
    property int limit: 500

    leftPadding: GsTheme.gap
    rightPadding: GsTheme.gap
    topPadding: GsTheme.gapSmall
    bottomPadding: GsTheme.gapSmall
    wrapMode: TextEdit.Wrap
    textFormat: TextEdit.PlainText
    font.pixelSize: GsTheme.lead
    color: GsTheme.colour.text
    selectionColor: GsTheme.colour.accent
    selectedTextColor: GsTheme.colour.accentLabel
    inputMethodHints: Qt.ImhNone
    // Whatever goes beyond the limit is not taken; it is never cut from the front of what stands there.
    onTextChanged: if (lines.length > lines.limit)
        lines.remove(lines.limit, lines.length)
    // A key that would begin a line goes on to the next control, as in every other field.
    Keys.onReturnPressed: event => event.accepted = false
    Keys.onEnterPressed: event => event.accepted = false

    background: Rectangle {
        radius: GsTheme.radius
        color: GsTheme.colour.surface
        border.width: lines.activeFocus ? GsTheme.px(4) : GsTheme.stroke
        border.color: lines.activeFocus ? GsTheme.colour.accent : GsTheme.colour.lineStrong
    }
}
