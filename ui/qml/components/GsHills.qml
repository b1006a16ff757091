import QtQuick
import QtQuick.Shapes

// Quiet hills at the foot of the attract screen.
Item {
    id: hills

    component GsHill: Shape {
        id: hill
        required property color colour
        required property real base
        required property real rise
        required property real shift

        anchors.fill: parent
        ShapePath {
            strokeWidth: -1
            fillColor: hill.colour
            startX: 0
            startY: hills.height * hill.base
            PathCubic {
                x: hills.width * 0.5
                y: hills.height * (hill.base - hill.rise * 0.3)
                control1X: hills.width * (0.12 + hill.shift)
                control1Y: hills.height * (hill.base - hill.rise)
                control2X: hills.width * (0.3 + hill.shift)
                control2Y: hills.height * (hill.base - hill.rise)
            }
            PathCubic {
                x: hills.width
                y: hills.height * (hill.base - hill.rise * 0.5)
                control1X: hills.width * (0.66 + hill.shift)
                control1Y: hills.height * (hill.base + hill.rise * 0.4)
                control2X: hills.width * (0.8 + hill.shift)
                control2Y: hills.height * (hill.base - hill.rise * 1.2)
            }
            PathLine {
                x: hills.width
                y: hills.height
            }
            PathLine {
                x: 0
                y: hills.height
            }
        }
    }

    Rectangle {
        x: parent.width * 0.78
        y: parent.height * 0.02
        width: Math.min(parent.width, parent.height) * 0.3
        height: width
        radius: width / 2
        color: "#e9b872"
        opacity: 0.85
    }
    GsHill {
        colour: "#11606a"
        base: 0.42
        rise: 0.36
        shift: 0.06
    }
    GsHill {
        colour: "#0d5059"
        base: 0.62
        rise: 0.34
        shift: -0.05
    }
    GsHill {
        colour: "#083b43"
        base: 0.84
        rise: 0.3
        shift: 0.1
    }
}
