pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// A day, then a time of it; what is full stays to be seen and cannot be chosen.
ColumnLayout {
    id: choice

    required property Periods periods
    readonly property string said: periods.begins === "" ? "" : GsWords.shortDay(periods.day) + " " + periods.begins

    // The times of another day are there: below the days, which on a small screen is out of sight.
    signal dayChosen(times: Item)

    spacing: GsTheme.gap

    GsText {
        Layout.fillWidth: true
        text: qsTr("哪一天")
        role: "lead"
        strong: true
    }
    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 2 : GsTheme.elder ? 3 : 5
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        Repeater {
            model: choice.periods.days
            GsChoice {
                required property string day
                required property int weekday
                required property bool full
                Layout.fillWidth: true
                Layout.fillHeight: true
                objectName: "day_" + day
                text: GsWords.shortDay(day)
                note: full ? qsTr("约满了") : GsWords.weekday(weekday)
                showMark: chosen
                enabled: !full
                chosen: day === choice.periods.day
                onClicked: {
                    choice.periods.chooseDay(day);
                    choice.dayChosen(times);
                }
            }
        }
    }
    GsText {
        Layout.fillWidth: true
        text: qsTr("%1，什么时间").arg(GsWords.shortDay(choice.periods.day))
        role: "lead"
        strong: true
    }
    GridLayout {
        id: times
        Layout.fillWidth: true
        columns: GsTheme.portrait || GsTheme.elder ? 2 : 4
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        Repeater {
            model: choice.periods.ofDay
            GsChoice {
                required property string begins
                required property string ends
                required property int room
                Layout.fillWidth: true
                Layout.fillHeight: true
                objectName: "period_" + begins
                text: begins + "—" + ends
                note: room < 0 ? "" : room === 0 ? qsTr("约满了") : qsTr("还能约 %1 人").arg(room)
                showMark: chosen
                enabled: room !== 0
                chosen: begins === choice.periods.begins
                onClicked: choice.periods.choosePeriod(begins)
            }
        }
    }
}
