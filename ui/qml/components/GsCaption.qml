import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// What the voice says, for whoever cannot hear it: a strip above the foot of the screen, there while the voice is on.
Rectangle {
    id: strip

    required property VoiceController voice

    implicitHeight: row.implicitHeight + 2 * GsTheme.gapSmall
    color: GsTheme.colour.text
    Accessible.role: Accessible.StaticText
    Accessible.name: voice.caption

    RowLayout {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: GsTheme.margin
        anchors.rightMargin: GsTheme.margin
        spacing: GsTheme.gap

        GsIcon {
            name: strip.voice.audible ? "volume" : "volume-off"
            colour: GsTheme.colour.page
        }
        GsText {
            objectName: "caption"
            Layout.fillWidth: true
            text: strip.voice.caption
            role: "small"
            color: GsTheme.colour.page
            maximumLineCount: GsTheme.compact ? 3 : 4
            elide: Text.ElideRight
            lineHeight: 1.25
        }
        GsText {
            visible: !strip.voice.audible
            text: qsTr("没有声音，请看字")
            role: "caption"
            color: GsTheme.colour.page
            wrapMode: Text.NoWrap
        }
    }
}
