import QtQuick
import "../theme"

// A sheet with content. Its shadow is two translucent rectangles, because the software backend draws no effects.
Item {
    id: sheet

    default property alias content: face.data
    property color colour: GsTheme.colour.surface
    property color edge: GsTheme.colour.line
    property int radius: GsTheme.radiusLarge
    property int stroke: GsTheme.highContrast ? GsTheme.stroke : 1
    property bool raised: false

    Rectangle {
        visible: sheet.raised && !GsTheme.highContrast
        anchors.fill: parent
        anchors.topMargin: GsTheme.px(6)
        anchors.bottomMargin: -GsTheme.px(6)
        radius: sheet.radius
        color: GsTheme.colour.shade
    }
    Rectangle {
        visible: sheet.raised && !GsTheme.highContrast
        anchors.fill: parent
        anchors.topMargin: GsTheme.px(2)
        anchors.bottomMargin: -GsTheme.px(2)
        radius: sheet.radius
        color: GsTheme.colour.shade
    }
    Rectangle {
        id: face
        anchors.fill: parent
        radius: sheet.radius
        color: sheet.colour
        border.color: sheet.edge
        border.width: sheet.stroke
    }
}
