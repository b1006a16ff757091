import QtQuick
import "../theme"

// The search box: large, with a glass and a way to empty it.
GsInput {
    id: input

    round: true
    implicitHeight: GsTheme.target + GsTheme.px(8)
    leftPadding: GsTheme.px(76)
    rightPadding: GsTheme.target
    maximumLength: 40
    Accessible.name: placeholderText

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
