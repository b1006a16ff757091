import QtQuick
import "../theme"

// One icon of ui/assets/icons, drawn in `colour`. Decoration only: whatever it says is also said in words.
Image {
    id: icon

    required property string name
    property color colour: GsTheme.colour.text
    property int size: GsTheme.icon

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    source: name === "" ? "" : "image://icon/" + name + "/" + icon.colour.toString().slice(-6)
    Accessible.ignored: true
}
