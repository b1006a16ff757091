import QtQuick
import QtQuick.Layouts
import "../theme"

// A short state in words with an icon. `mood`: plain, good, warn, bad, info.
Rectangle {
    id: tag

    required property string text
    property string mood: "plain"
    property string iconName: ""

    readonly property color ink: ({
            plain: GsTheme.colour.textSoft,
            good: GsTheme.colour.good,
            warn: GsTheme.colour.warn,
            bad: GsTheme.colour.bad,
            info: GsTheme.colour.info
        })[mood]

    radius: GsTheme.px(10)
    color: ({
            plain: GsTheme.colour.sunken,
            good: GsTheme.colour.goodSoft,
            warn: GsTheme.colour.warnSoft,
            bad: GsTheme.colour.badSoft,
            info: GsTheme.colour.infoSoft
        })[mood]
    border.width: GsTheme.highContrast ? 1 : 0
    border.color: ink
    implicitWidth: row.implicitWidth + GsTheme.px(24)
    implicitHeight: row.implicitHeight + GsTheme.px(12)

    RowLayout {
        id: row
        anchors.centerIn: parent
        spacing: GsTheme.px(8)
        GsIcon {
            visible: tag.iconName !== ""
            name: tag.iconName
            colour: tag.ink
            size: GsTheme.px(26 * GsTheme.titles)
        }
        GsText {
            text: tag.text
            role: "small"
            strong: true
            color: tag.ink
            lineHeight: 1.1
            wrapMode: Text.NoWrap
        }
    }
}
