import QtQuick
import "../theme"

// The product's mark: 近 on the accent colour.
Rectangle {
    id: mark

    property int size: GsTheme.px(56)

    implicitWidth: size
    implicitHeight: size
    radius: size * 0.26
    color: GsTheme.colour.accent
    Accessible.ignored: true

    Text {
        anchors.centerIn: parent
        text: "近"
        font.pixelSize: mark.size * 0.6
        font.bold: true
        color: GsTheme.colour.accentLabel
    }
}
