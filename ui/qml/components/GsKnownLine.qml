import QtQuick
import QtQuick.Layouts
import "../theme"

// What is known already, closed on one line and masked where it is private, until it is opened for a change.
RowLayout {
    id: line

    required property string label
    required property string shown
    required property string full
    property string source: ""
    property alias labelAbove: known.labelAbove

    signal opened

    spacing: GsTheme.gap

    GsLine {
        id: known
        Layout.fillWidth: true
        label: line.label
        note: line.source
        hidden: line.shown
        full: line.full
    }
    GsButton {
        objectName: line.objectName + "_open"
        Layout.alignment: Qt.AlignTop
        small: true
        kind: "quiet"
        iconName: "edit"
        text: qsTr("修改")
        onClicked: line.opened()
    }
}
