pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// A day, then a time. With a line only what is free; without one a wish, and it says so.
GsCasePage {
    id: screen

    readonly property ArrangingController arranging: kiosk.arranging
    readonly property bool ready: arranging.asked === "told" || arranging.asked === "offline"

    title: qsTr("哪天来方便？")
    subtitle: GsWords.both(arranging.visitFor, arranging.visitForEn, GsTheme.english) + qsTr("，到：") + arranging.visitAt
    primaryText: arranging.asked === "offline" ? qsTr("就记这个时间") : qsTr("就约这个时间")
    primaryEnabled: arranging.begins !== ""
    onPrimary: arranging.settleAppointment()
    extras: [
        GsButton {
            objectName: "withoutAppointment"
            text: qsTr("先不约")
            enabled: screen.ready
            onClicked: screen.arranging.withoutAppointment()
        }
    ]

    GsWaiting {
        visible: screen.arranging.asked === "asking"
        Layout.fillWidth: true
        text: qsTr("正在看哪些时间有空")
    }
    GsBanner {
        objectName: "wishOnly"
        visible: screen.arranging.asked === "offline"
        Layout.fillWidth: true
        mood: "info"
        iconName: "wifi-off"
        text: qsTr("现在没有网络，先记下您想哪天来，接通以后为您预约。")
        action: qsTr("约上没有，在任何一台这样的机器上刷身份证能看到。")
    }
    GsText {
        visible: screen.ready
        Layout.fillWidth: true
        text: qsTr("哪一天")
        role: "lead"
        strong: true
    }
    GridLayout {
        visible: screen.ready
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 2 : GsTheme.elder ? 3 : 5
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        Repeater {
            model: screen.arranging.days
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
                chosen: day === screen.arranging.day
                onClicked: screen.arranging.chooseDay(day)
            }
        }
    }
    GsText {
        visible: screen.ready
        Layout.fillWidth: true
        text: qsTr("%1，什么时间").arg(GsWords.shortDay(screen.arranging.day))
        role: "lead"
        strong: true
    }
    GridLayout {
        visible: screen.ready
        Layout.fillWidth: true
        columns: GsTheme.portrait || GsTheme.elder ? 2 : 4
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        Repeater {
            model: screen.arranging.periods
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
                chosen: begins === screen.arranging.begins
                onClicked: screen.arranging.choosePeriod(begins)
            }
        }
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
