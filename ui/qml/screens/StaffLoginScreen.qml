import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// PIN of a member of staff.
GsPage {
    id: screen

    required property Kiosk kiosk

    title: qsTr("工作人员登录")
    subtitle: qsTr("登录后可以帮办代办。居民请点“返回”。")
    primaryText: qsTr("登录")
    primaryEnabled: account.text !== "" && pin.text.length >= 4
    busy: kiosk.visit.busy
    onBack: kiosk.visit.go("back")
    onPrimary: {
        kiosk.staff.login(account.text, pin.text);
        pin.text = "";
    }

    GsField {
        id: account
        objectName: "staffId"
        Layout.fillWidth: true
        Layout.maximumWidth: GsTheme.px(900)
        label: qsTr("工号")
        pad: "latin"
        limit: 32
    }
    GsField {
        id: pin
        objectName: "staffPin"
        Layout.fillWidth: true
        Layout.maximumWidth: GsTheme.px(900)
        label: qsTr("密码（数字）")
        pad: "number"
        secret: true
        limit: 12
    }
    GsProblem {
        Layout.fillWidth: true
        Layout.maximumWidth: GsTheme.px(900)
        visit: screen.kiosk.visit
    }
}
