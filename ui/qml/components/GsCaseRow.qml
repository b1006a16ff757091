import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import "../theme"

// One case in a list; a row of `ui.controllers.cases`.
Button {
    id: row

    required property string submissionNo
    required property string itemName
    required property string standing
    required property string submitted
    required property string deliverBy

    focusPolicy: Qt.TabFocus
    padding: GsTheme.px(26)
    implicitHeight: line.implicitHeight + 2 * padding
    Accessible.name: itemName
    Accessible.description: GsWords.caseState(standing)

    background: GsSurface {
        raised: true
        radius: GsTheme.radius
        colour: row.down ? GsTheme.colour.accentSoft : GsTheme.colour.surface
        edge: GsTheme.colour.line
        stroke: GsTheme.highContrast ? GsTheme.stroke : 1
    }
    contentItem: RowLayout {
        id: line
        spacing: GsTheme.gap
        ColumnLayout {
            Layout.fillWidth: true
            spacing: GsTheme.gapSmall
            GsText {
                Layout.fillWidth: true
                text: row.itemName
                strong: true
                lineHeight: 1.2
            }
            GsText {
                Layout.fillWidth: true
                text: row.submissionNo + "  ·  " + GsWords.day(row.submitted)
                role: "small"
                soft: true
            }
            GsTag {
                text: GsWords.caseState(row.standing)
                mood: GsWords.caseMood(row.standing)
                iconName: ({
                        good: "circle-check",
                        warn: "alert-circle",
                        info: "clock"
                    })[mood]
            }
            GsText {
                visible: row.standing === "queued" && row.deliverBy !== ""
                Layout.fillWidth: true
                text: qsTr("我们最迟%1送到").arg(GsWords.shortDay(row.deliverBy))
                role: "small"
            }
        }
        GsIcon {
            name: "chevron-right"
            colour: GsTheme.colour.textSoft
        }
    }
}
