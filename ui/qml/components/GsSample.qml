import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// How a paper looks filled in, and what stands on the blank one, to be read or written off.
GsScroll {
    id: sample

    required property MaterialsController materials
    readonly property string filled: materials.asked.openSample
    readonly property string blank: materials.asked.openBlank

    items: [
        GsCard {
            visible: sample.filled !== ""
            Layout.fillWidth: true
            padding: GsTheme.px(28)
            spacing: GsTheme.gapSmall
            GsText {
                Layout.fillWidth: true
                text: qsTr("填好的样子")
                role: "lead"
                strong: true
            }
            GsText {
                objectName: "sampleText"
                Layout.fillWidth: true
                text: sample.filled
            }
        },
        GsCard {
            visible: sample.blank !== ""
            Layout.fillWidth: true
            padding: GsTheme.px(28)
            spacing: GsTheme.gapSmall
            GsText {
                Layout.fillWidth: true
                text: qsTr("空白的样子，可以照着抄")
                role: "lead"
                strong: true
            }
            GsText {
                Layout.fillWidth: true
                text: sample.blank
            }
        }
    ]
}
