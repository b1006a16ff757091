pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// A card was laid down before anything was chosen. It is read only once the person says what for.
GsPage {
    id: screen

    required property Kiosk kiosk

    title: qsTr("您放上了身份证，要做什么？")
    subtitle: qsTr("现在还没有读卡。读卡只为确认是您本人，办完就清除，这台机器上不留您的信息。")
    backText: qsTr("不读卡，去首页")
    onBack: kiosk.visit.go("home")

    GsChoice {
        objectName: "tapMyCases"
        Layout.fillWidth: true
        iconName: "clipboard-list"
        text: qsTr("读卡，看我的办件")
        note: qsTr("查进度、补材料、打印结果、缴费，接着办上次没办完的")
        onClicked: screen.kiosk.visit.go("my_cases")
    }
    GsChoice {
        objectName: "tapMayGet"
        Layout.fillWidth: true
        iconName: "list-check"
        text: qsTr("看看我能办什么")
        note: qsTr("回答几个简单的问题，不用读卡")
        onClicked: screen.kiosk.visit.go("may_get")
    }
    GsChoice {
        objectName: "tapHome"
        Layout.fillWidth: true
        iconName: "layout-grid"
        text: qsTr("办一件新的事")
        note: qsTr("先选要办的事，看过用途、同意以后再读卡")
        onClicked: screen.kiosk.visit.go("home")
    }
}
