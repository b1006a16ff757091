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
    // Which time that is may have gone out of sight above or below.
    primaryText: when.said === "" ? qsTr("请选时间") : (arranging.asked === "offline" ? qsTr("就记 %1") : qsTr("就约 %1")).arg(when.said)
    primaryEnabled: when.said !== ""
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
    GsPeriods {
        id: when
        visible: screen.ready
        Layout.fillWidth: true
        periods: screen.arranging.periods
        onDayChosen: times => screen.reveal(times)
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
