pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// The machine works; three quiet dots and one sentence.
ColumnLayout {
    id: waiting

    required property string text
    spacing: GsTheme.gap

    Row {
        Layout.alignment: Qt.AlignHCenter
        spacing: GsTheme.gap
        Repeater {
            model: 3
            Rectangle {
                id: dot
                required property int index
                width: GsTheme.px(22)
                height: width
                radius: width / 2
                color: GsTheme.colour.accent
                opacity: 0.35 + 0.3 * index

                SequentialAnimation on opacity {
                    running: GsTheme.animate && waiting.visible
                    loops: Animation.Infinite
                    PauseAnimation {
                        duration: dot.index * 200
                    }
                    NumberAnimation {
                        to: 1
                        duration: 400
                    }
                    NumberAnimation {
                        to: 0.35
                        duration: 400
                    }
                    PauseAnimation {
                        duration: (2 - dot.index) * 200
                    }
                }
            }
        }
    }
    GsText {
        Layout.alignment: Qt.AlignHCenter
        Layout.maximumWidth: GsTheme.px(1000)
        text: waiting.text
        role: "lead"
        horizontalAlignment: Text.AlignHCenter
    }
}
