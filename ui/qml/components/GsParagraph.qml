pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// One paragraph of a guide; a row of `ui.guide_rows`.
GsCard {
    id: paragraph

    required property string title
    required property string body
    required property string note
    required property var tags

    padding: GsTheme.px(26)
    spacing: GsTheme.gapSmall

    RowLayout {
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsText {
            Layout.fillWidth: true
            text: paragraph.title
            strong: true
            lineHeight: 1.3
        }
        Repeater {
            model: paragraph.tags
            GsTag {
                required property string modelData
                visible: !GsTheme.portrait
                text: modelData
            }
        }
    }
    Flow {
        visible: GsTheme.portrait && paragraph.tags.length > 0
        Layout.fillWidth: true
        spacing: GsTheme.gapSmall
        Repeater {
            model: paragraph.tags
            GsTag {
                required property string modelData
                text: modelData
            }
        }
    }
    GsText {
        visible: paragraph.body !== ""
        Layout.fillWidth: true
        text: paragraph.body
    }
    GsText {
        visible: paragraph.note !== ""
        Layout.fillWidth: true
        text: paragraph.note
        role: "small"
        soft: true
    }
}
