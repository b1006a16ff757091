pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// A card over the reader. Says with movement and words what the text beside it says.
Item {
    id: picture

    required property string phase

    Accessible.ignored: true

    Rectangle {
        id: reader
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        width: parent.width * 0.78
        height: parent.height * 0.5
        radius: GsTheme.radiusLarge
        color: GsTheme.colour.sunken
        border.width: GsTheme.px(4)
        border.color: picture.phase === "failed" ? GsTheme.colour.warn : picture.phase === "read" ? GsTheme.colour.good : GsTheme.colour.accent
    }
    Rectangle {
        id: card
        width: parent.height * 0.86
        height: width * 0.63
        anchors.horizontalCenter: parent.horizontalCenter
        y: picture.phase === "waiting" ? 0 : parent.height * 0.28
        radius: GsTheme.px(18)
        color: GsTheme.colour.surface
        border.width: GsTheme.px(3)
        border.color: GsTheme.colour.lineStrong

        SequentialAnimation on y {
            running: GsTheme.animate && picture.visible && picture.phase === "waiting"
            loops: Animation.Infinite
            NumberAnimation {
                from: 0
                to: picture.height * 0.28
                duration: 1100
                easing.type: Easing.InOutQuad
            }
            PauseAnimation {
                duration: 1200
            }
            NumberAnimation {
                to: 0
                duration: 500
            }
        }
        Column {
            x: parent.width * 0.08
            y: parent.height * 0.18
            spacing: parent.height * 0.12
            Repeater {
                model: [0.42, 0.34, 0.46]
                Rectangle {
                    required property real modelData
                    width: card.width * modelData
                    height: card.height * 0.1
                    radius: height / 2
                    color: GsTheme.colour.line
                }
            }
        }
        Rectangle {
            anchors.right: parent.right
            anchors.rightMargin: parent.width * 0.08
            y: parent.height * 0.16
            width: parent.width * 0.28
            height: parent.height * 0.62
            radius: GsTheme.px(10)
            color: GsTheme.colour.accentSoft
            GsIcon {
                anchors.centerIn: parent
                name: picture.phase === "read" ? "circle-check" : picture.phase === "failed" ? "alert-triangle" : "user"
                colour: picture.phase === "read" ? GsTheme.colour.good : picture.phase === "failed" ? GsTheme.colour.warn : GsTheme.colour.accentInk
                size: parent.width * 0.7
            }
        }
    }
}
