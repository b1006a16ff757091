import QtQuick
import QtQuick.Layouts
import "../theme"

// One message with what to do next. Never a code alone. `mood` as in GsTag.
Rectangle {
    id: banner

    required property string text
    property string action: ""
    property string mood: "info"
    property string iconName: ({
            info: "info-circle",
            good: "circle-check",
            warn: "alert-triangle",
            bad: "alert-circle"
        })[mood]

    readonly property color ink: ({
            info: GsTheme.colour.info,
            good: GsTheme.colour.good,
            warn: GsTheme.colour.warn,
            bad: GsTheme.colour.bad
        })[mood]

    radius: GsTheme.radius
    color: ({
            info: GsTheme.colour.infoSoft,
            good: GsTheme.colour.goodSoft,
            warn: GsTheme.colour.warnSoft,
            bad: GsTheme.colour.badSoft
        })[mood]
    border.width: GsTheme.highContrast ? GsTheme.stroke : 0
    border.color: ink
    implicitHeight: row.implicitHeight + 2 * GsTheme.gap
    implicitWidth: row.implicitWidth + 2 * GsTheme.gap
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text + " " + action

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.margins: GsTheme.gap
        spacing: GsTheme.gap

        GsIcon {
            Layout.alignment: Qt.AlignTop
            name: banner.iconName
            colour: banner.ink
            size: GsTheme.px(38 * GsTheme.titles)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: GsTheme.gapTiny
            GsText {
                Layout.fillWidth: true
                text: banner.text
                color: banner.ink
                strong: true
                lineHeight: 1.3
            }
            GsText {
                visible: banner.action !== ""
                Layout.fillWidth: true
                text: banner.action
                color: GsTheme.colour.text
                lineHeight: 1.3
            }
        }
    }
}
