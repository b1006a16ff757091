pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes

// Quiet hills and a low sun at the foot of the attract screen.
Item {
    id: hills

    component GsHill: Shape {
        id: hill
        required property color colour
        required property list<real> heights

        anchors.fill: parent
        ShapePath {
            strokeWidth: -1
            fillColor: hill.colour
            startX: 0
            startY: hill.height * hill.heights[0]
            // Both curves share a level tangent in the middle, so that the ridge has no kink.
            PathCubic {
                x: hill.width * 0.5
                y: hill.height * hill.heights[2]
                control1X: hill.width * 0.2
                control1Y: hill.height * hill.heights[1]
                control2X: hill.width * 0.32
                control2Y: hill.height * hill.heights[2]
            }
            PathCubic {
                x: hill.width
                y: hill.height * hill.heights[4]
                control1X: hill.width * 0.68
                control1Y: hill.height * hill.heights[2]
                control2X: hill.width * 0.8
                control2Y: hill.height * hill.heights[3]
            }
            PathLine {
                x: hill.width
                y: hill.height
            }
            PathLine {
                x: 0
                y: hill.height
            }
        }
    }

    Rectangle {
        x: parent.width * 0.76
        y: parent.height * 0.04
        width: Math.min(parent.width, parent.height) * 0.3
        height: width
        radius: width / 2
        color: "#e3b26c"
    }
    GsHill {
        colour: "#136570"
        heights: [0.52, 0.06, 0.4, 0.44, 0.16]
    }
    GsHill {
        colour: "#0e545e"
        heights: [0.36, 0.5, 0.66, 0.7, 0.4]
    }
    GsHill {
        colour: "#083d45"
        heights: [0.8, 0.84, 0.74, 0.62, 0.78]
    }
}
