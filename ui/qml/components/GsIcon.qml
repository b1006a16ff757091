import QtQuick
import "../theme"

// One icon of ui/assets/icons, drawn in `colour`; what points along the line turns with it. Decoration only: whatever
// it says is also said in words.
Image {
    id: icon

    required property string name
    property color colour: GsTheme.colour.text
    property int size: GsTheme.icon

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    mirror: GsTheme.mirrored && (icon.name.endsWith("-left") || icon.name.endsWith("-right") || icon.name === "logout")
    source: name === "" ? "" : "image://icon/" + name + "/" + icon.colour.toString().slice(-6)
    Accessible.ignored: true
}
