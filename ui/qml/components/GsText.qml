import QtQuick
import "../theme"

// Text of one role in the type scale. Plain text always: catalogue words are never markup.
Text {
    id: label

    property string role: "body"
    property bool strong: false
    property bool soft: false
    // Tests take an elided text for a fault, unless the whole of it can be read elsewhere.
    property bool mayElide: false

    readonly property var sizes: ({
            caption: GsTheme.caption,
            small: GsTheme.small,
            body: GsTheme.body,
            lead: GsTheme.lead,
            title: GsTheme.title,
            headline: GsTheme.headline,
            display: GsTheme.display
        })

    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    // Said outright, so that a mirrored screen turns it, whatever script the text is in.
    horizontalAlignment: Text.AlignLeft
    color: soft ? GsTheme.colour.textSoft : GsTheme.colour.text
    font.pixelSize: label.sizes[label.role]
    font.bold: strong || role === "title" || role === "headline" || role === "display"
    lineHeight: role === "body" || role === "small" || role === "caption" ? GsTheme.lineHeight : 1.25
}
