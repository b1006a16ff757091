import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// Another time in place of a refused one. It is booked at once, so only while there is a line.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property RebookingController rebooking: kiosk.rebooking
    readonly property bool offline: rebooking.asked === "offline"
    readonly property bool unsure: rebooking.asked === "unsure"

    title: qsTr("换个时间")
    subtitle: GsWords.both(rebooking.visitFor, rebooking.visitForEn, GsTheme.english) + qsTr("，到：") + rebooking.visitAt
    busy: kiosk.visit.busy
    onBack: kiosk.visit.go("back")
    primaryText: offline || unsure ? qsTr("再看一次") : when.said === "" ? qsTr("请选时间") : qsTr("就约 %1").arg(when.said)
    primaryEnabled: offline || unsure || rebooking.asked === "told" && rebooking.periods.begins !== ""
    onPrimary: offline || unsure ? rebooking.look() : rebooking.book()

    GsWaiting {
        visible: screen.rebooking.asked === "asking" || screen.rebooking.asked === "booking"
        Layout.fillWidth: true
        text: screen.rebooking.asked === "booking" ? qsTr("正在约") : qsTr("正在看哪些时间有空")
    }
    GsBanner {
        objectName: "rebookOffline"
        visible: screen.offline
        Layout.fillWidth: true
        mood: "info"
        iconName: "wifi-off"
        text: qsTr("现在没有网络，换不了时间。")
        action: qsTr("过一会儿再看，或者打 %1 另约。").arg(screen.rebooking.phone !== "" ? screen.rebooking.phone : screen.kiosk.board.hotline)
    }
    GsBanner {
        objectName: "rebookUnsure"
        visible: screen.unsure
        Layout.fillWidth: true
        mood: "warn"
        iconName: "clock"
        text: qsTr("没有等到回音，不知道约上没有。")
        action: qsTr("过一会儿在“我的办件”里看，或者打 %1 问一问。").arg(screen.rebooking.phone !== "" ? screen.rebooking.phone : screen.kiosk.board.hotline)
    }
    GsBanner {
        objectName: "rebookTaken"
        visible: screen.rebooking.taken && screen.rebooking.asked === "told"
        Layout.fillWidth: true
        mood: "warn"
        iconName: "clock"
        text: qsTr("刚才选的时间被别人约走了。")
        action: qsTr("请再选一个。")
    }
    GsPeriods {
        id: when
        visible: screen.rebooking.asked === "told"
        Layout.fillWidth: true
        periods: screen.rebooking.periods
        onDayChosen: times => screen.reveal(times)
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
