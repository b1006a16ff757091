pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Jinban
import "../theme"

// The truth about line, deliveries and printer, in icons with words. A touch opens the same in sentences.
Button {
    id: corner

    required property StatusController status
    property bool wordy: true
    readonly property real fullWidth: linkPart.fullWidth + queuePart.fullWidth + printerPart.fullWidth + 2 * row.spacing + 2 * GsTheme.gap

    focusPolicy: Qt.TabFocus
    implicitHeight: GsTheme.targetSmall
    implicitWidth: row.implicitWidth + 2 * GsTheme.gap
    Accessible.name: qsTr("本机状态")
    Accessible.description: [linkPart.word, queuePart.word, printerPart.word].join(" ")

    component GsPart: RowLayout {
        id: part
        required property string iconName
        required property string word
        required property color ink
        readonly property real fullWidth: sign.width + spacing + label.implicitWidth
        spacing: GsTheme.px(8)
        GsIcon {
            id: sign
            name: part.iconName
            colour: part.ink
            size: GsTheme.px(28 * GsTheme.titles)
        }
        GsText {
            id: label
            visible: corner.wordy
            text: part.word
            role: "caption"
            strong: true
            color: part.ink
            lineHeight: 1
            wrapMode: Text.NoWrap
        }
    }

    background: Rectangle {
        radius: height / 2
        color: corner.down ? GsTheme.colour.accentSoft : GsTheme.colour.surface
        border.width: 1
        border.color: GsTheme.colour.line
    }
    contentItem: Item {
        implicitWidth: row.implicitWidth
        RowLayout {
            id: row
            anchors.centerIn: parent
            spacing: GsTheme.gap

            GsPart {
                id: linkPart
                iconName: ({
                        online: "wifi",
                        offline: "wifi-off",
                        silent: "plug-connected-x"
                    })[corner.status.link]
                word: GsWords.link(corner.status.link)
                ink: corner.status.link === "online" ? GsTheme.colour.good : corner.status.link === "offline" ? GsTheme.colour.textSoft : GsTheme.colour.warn
            }
            GsPart {
                id: queuePart
                iconName: corner.status.allDelivered ? "cloud-check" : "cloud-upload"
                word: corner.status.link === "silent" ? qsTr("送达情况未知") : corner.status.allDelivered ? qsTr("全部送达") : corner.status.scansWait !== "" ? qsTr("晚些送 %1 件").arg(corner.status.queued) : qsTr("待送出 %1 件").arg(corner.status.queued)
                ink: corner.status.allDelivered ? GsTheme.colour.good : corner.status.parked > 0 ? GsTheme.colour.warn : GsTheme.colour.textSoft
            }
            GsPart {
                id: printerPart
                iconName: corner.status.printerReady ? "printer" : "printer-off"
                word: GsWords.printer(corner.status.printerReady, corner.status.printerFailure, corner.status.printerWarning)
                ink: corner.status.printerReady && corner.status.printerWarning === "" ? GsTheme.colour.good : GsTheme.colour.warn
            }
        }
    }
}
