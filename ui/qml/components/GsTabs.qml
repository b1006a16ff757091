pragma ComponentBehavior: Bound

import QtQuick
import "../theme"

// Sections to choose from: a column beside the text, or rows above it in portrait.
Flickable {
    id: strip

    required property var tabs
    required property string current
    signal opened(string tab)

    readonly property int gap: GsTheme.px(8)

    contentWidth: width
    contentHeight: flow.implicitHeight
    implicitHeight: flow.implicitHeight
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height + 1
    clip: true

    Flow {
        id: flow
        width: strip.width
        spacing: strip.gap

        Repeater {
            model: strip.tabs
            GsTab {
                required property string modelData
                objectName: "tab_" + modelData
                width: GsTheme.portrait ? Math.floor((strip.width - 2 * strip.gap) / 3) : strip.width
                text: GsWords.section(modelData)
                open: modelData === strip.current
                onClicked: strip.opened(modelData)
            }
        }
    }
}
