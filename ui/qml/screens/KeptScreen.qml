pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../components"

// Something was begun with this card before: go on, or begin anew.
GsCasePage {
    id: screen

    title: qsTr("您上次办了一半，要接着办吗？")
    subtitle: qsTr("上次填的内容和扫描的材料都还在，只有这张身份证能打开。")
    primaryText: ""

    Repeater {
        model: screen.kiosk.cases.kept
        GsChoice {
            required property string caseId
            required property string itemName
            required property string updated
            required property string keepUntil
            required property bool sameItem
            visible: sameItem
            Layout.fillWidth: true
            objectName: "resume_" + caseId
            iconName: "history"
            text: qsTr("接着办：%1").arg(itemName)
            note: qsTr("上次办到 %1").arg(GsWords.moment(updated)) + (keepUntil === "" ? "" : qsTr("，保留到 %1").arg(GsWords.shortDay(keepUntil)))
            onClicked: screen.kiosk.cases.resume(caseId)
        }
    }
    GsChoice {
        objectName: "startNew"
        Layout.fillWidth: true
        iconName: "plus"
        text: qsTr("重新办一件")
        note: qsTr("上次的先放着，不会丢")
        onClicked: screen.kiosk.visit.go("start_new")
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
