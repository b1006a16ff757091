import QtQuick
import "../theme"

// The frame around what the keys act on: thick, in a colour of its own, outside of what it frames.
Rectangle {
    id: frame

    property Item target: null

    parent: target
    visible: target !== null
    anchors.fill: parent
    anchors.margins: -GsTheme.px(6)
    z: 1000
    radius: GsTheme.radius + GsTheme.px(6)
    color: "transparent"
    border.width: GsTheme.px(5)
    border.color: GsTheme.colour.focus
}
