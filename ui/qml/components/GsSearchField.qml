import QtQuick
import QtQuick.Controls.Basic
import "../theme"

// The search box: large, with a glass and a way to empty it.
TextField {
    id: input

    readonly property string pad: "text"

    implicitHeight: GsTheme.target + GsTheme.px(8)
    leftPadding: GsTheme.px(76)
    rightPadding: GsTheme.target
    font.pixelSize: GsTheme.lead
    color: GsTheme.colour.text
    placeholderTextColor: GsTheme.colour.textSoft
    selectionColor: GsTheme.colour.accent
    selectedTextColor: GsTheme.colour.accentLabel
    verticalAlignment: TextInput.AlignVCenter
    maximumLength: 40
    Accessible.name: placeholderText

    background: Rectangle {
        radius: height / 2
        color: GsTheme.colour.surface
        border.width: input.activeFocus ? GsTheme.px(4) : GsTheme.stroke
        border.color: input.activeFocus ? GsTheme.colour.accent : GsTheme.colour.lineStrong
    }

    GsIcon {
        anchors.left: parent.left
        anchors.leftMargin: GsTheme.px(26)
        anchors.verticalCenter: parent.verticalCenter
        name: "search"
        colour: GsTheme.colour.textSoft
    }
    GsButton {
        objectName: "clearSearch"
        visible: input.text !== ""
        anchors.right: parent.right
        anchors.rightMargin: GsTheme.px(10)
        anchors.verticalCenter: parent.verticalCenter
        width: GsTheme.targetSmall
        implicitHeight: GsTheme.targetSmall
        small: true
        kind: "quiet"
        iconName: "x"
        Accessible.name: qsTr("清空")
        onClicked: input.clear()
    }
}
