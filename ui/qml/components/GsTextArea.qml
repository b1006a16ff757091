import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import "../theme"

// One longer answer: wraps, grows with what is written up to some lines and scrolls from there, and says how many
// characters are left. Written in with the same keyboard as every field.
ColumnLayout {
    id: field

    property string label: ""
    property string help: ""
    property int limit: 500
    property int leastLines: 3
    property int mostLines: GsTheme.portrait ? 9 : 5
    property alias text: area.text
    readonly property int remaining: limit - area.length

    spacing: GsTheme.gapTiny

    GsText {
        Layout.fillWidth: true
        text: field.label
        role: "body"
        strong: true
    }
    Flickable {
        id: view

        readonly property real line: metrics.lineSpacing
        readonly property real around: area.topPadding + area.bottomPadding

        Layout.fillWidth: true
        Layout.preferredHeight: Math.max(field.leastLines * line, Math.min(field.mostLines * line, area.contentHeight)) + around
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar {}

        TextArea.flickable: GsLines {
            id: area

            objectName: field.objectName + "_input"
            limit: field.limit
            Accessible.name: field.label
            Accessible.description: field.help
        }
    }
    FontMetrics {
        id: metrics
        font: area.font
    }
    GsText {
        objectName: field.objectName + "_left"
        Layout.fillWidth: true
        text: field.remaining > 0 ? qsTr("还能写 %1 个字").arg(field.remaining) : qsTr("写满了，不能再多了。")
        role: "small"
        soft: field.remaining > 0
    }
    GsText {
        visible: field.help !== ""
        Layout.fillWidth: true
        text: field.help
        role: "small"
        soft: true
    }
}
