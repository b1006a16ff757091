import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// The visit is over and wiped. Take your things.
GsPage {
    id: screen

    required property Kiosk kiosk

    backVisible: kiosk.visit.staffHere
    backText: qsTr("退出登录")
    onBack: kiosk.visit.leave()
    primaryText: kiosk.visit.staffHere ? qsTr("接着办下一位") : qsTr("好的")
    primaryIcon: kiosk.visit.staffHere ? "arrow-right" : "check"
    onPrimary: kiosk.visit.staffHere ? kiosk.visit.nextResident() : kiosk.visit.leave()
    plain: true

    ColumnLayout {
        parent: screen.stage
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * GsTheme.margin, GsTheme.px(1300))
        spacing: GsTheme.gapLarge

        GsIcon {
            Layout.alignment: Qt.AlignHCenter
            name: screen.kiosk.visit.farewell === "kept" ? "device-floppy" : screen.kiosk.visit.farewell === "idle" ? "hourglass" : "circle-check"
            colour: GsTheme.colour.accentInk
            size: GsTheme.px(140)
        }
        GsText {
            objectName: "farewell"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: ({
                    kept: qsTr("已经为您存好"),
                    idle: qsTr("很久没有操作，已经结束"),
                    done: qsTr("谢谢您，办完了")
                })[screen.kiosk.visit.farewell] ?? qsTr("已经结束")
            role: "headline"
        }
        GsText {
            visible: screen.kiosk.visit.farewell === "kept"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("下次还在这台机器刷同一张身份证，就能接着办，保留到 %1。").arg(GsWords.shortDay(screen.kiosk.visit.keptUntil))
            role: "lead"
        }
        GsBanner {
            objectName: "cardLeft"
            visible: screen.kiosk.card.lying
            Layout.fillWidth: true
            mood: "warn"
            iconName: "id"
            text: qsTr("您的身份证还在读卡区，请拿走。")
        }
        GsText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("请拿好您的身份证、材料原件和打印的纸。")
            role: "lead"
        }
        GsText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: screen.kiosk.visit.farewell === "kept" ? qsTr("存着的都上了锁，只有您的身份证能打开。") : qsTr("这台机器上已经没有您的信息。")
            soft: true
        }
    }
}
