import QtQuick
import QtQuick.Layouts
import "../theme"

// One member of the household, masked.
GsSurface {
    id: row

    required property string ref
    required property string nameMasked
    required property string idMasked
    required property string relation
    signal removed(string ref)

    implicitHeight: line.implicitHeight + 2 * GsTheme.gap

    RowLayout {
        id: line
        anchors.fill: parent
        anchors.margins: GsTheme.gap
        spacing: GsTheme.gap
        GsIcon {
            name: "user"
            colour: GsTheme.colour.accentInk
            size: GsTheme.px(44 * GsTheme.titles)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0
            GsText {
                Layout.fillWidth: true
                text: row.nameMasked + "  ·  " + GsWords.relation(row.relation)
                strong: true
            }
            GsText {
                Layout.fillWidth: true
                text: row.idMasked
                role: "small"
                soft: true
            }
        }
        GsButton {
            objectName: "removeMember_" + row.ref
            kind: "danger"
            small: true
            iconName: "trash"
            text: qsTr("去掉")
            onClicked: row.removed(row.ref)
        }
    }
}
