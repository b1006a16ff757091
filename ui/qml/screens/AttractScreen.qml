import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// Nobody is here: what this is, that it works, and one large way in.
Item {
    id: screen

    required property Kiosk kiosk

    Rectangle {
        anchors.fill: parent
        color: GsTheme.highContrast ? GsTheme.colour.page : "#0b4d56"
    }
    GsHills {
        visible: !GsTheme.highContrast
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: parent.height * (GsTheme.portrait ? 0.34 : 0.46)
    }
    MouseArea {
        anchors.fill: parent
        onClicked: screen.kiosk.visit.go("touch")
    }
    ColumnLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: -parent.height * (GsTheme.portrait ? 0.05 : 0.06)
        anchors.margins: GsTheme.px(GsTheme.portrait ? 72 : 140)
        spacing: GsTheme.gapLarge

        GsText {
            Layout.fillWidth: true
            text: screen.kiosk.status.pointName
            role: "lead"
            color: GsTheme.highContrast ? GsTheme.colour.text : "#cfe6e4"
        }
        GsText {
            Layout.fillWidth: true
            text: qsTr("家门口的事，\n在这里就能办")
            font.pixelSize: GsTheme.px(GsTheme.elder ? 112 : 96)
            strong: true
            color: GsTheme.highContrast ? GsTheme.colour.text : "#ffffff"
            lineHeight: 1.2
        }
        GsText {
            Layout.fillWidth: true
            Layout.maximumWidth: GsTheme.px(1100)
            text: qsTr("低保、养老、残疾人补贴、就业……带上身份证，一步一步跟着屏幕走。没有网络也能办。")
            role: "lead"
            color: GsTheme.highContrast ? GsTheme.colour.text : "#e6f2f0"
            lineHeight: 1.45
        }
        GsButton {
            id: start
            objectName: "startButton"
            Layout.topMargin: GsTheme.gap
            Layout.minimumWidth: GsTheme.px(460)
            implicitHeight: GsTheme.px(GsTheme.elder ? 140 : 116)
            text: qsTr("点这里，开始办事")
            iconAfter: "arrow-right"
            onClicked: screen.kiosk.visit.go("touch")
        }
    }
    RowLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: GsTheme.gapLarge
        anchors.leftMargin: GsTheme.px(GsTheme.portrait ? 72 : 140)
        spacing: GsTheme.gapLarge

        GsText {
            text: screen.kiosk.status.clock
            role: "headline"
            color: "#ffffff"
            wrapMode: Text.NoWrap
        }
        GsText {
            Layout.fillWidth: true
            text: GsWords.day(screen.kiosk.status.today) + "\n" + qsTr("咨询投诉电话 12345")
            role: "small"
            color: "#ffffff"
        }
        GsButton {
            objectName: "staffButton"
            small: true
            iconName: "user-shield"
            text: qsTr("工作人员")
            onClicked: screen.kiosk.visit.go("staff")
        }
    }
}
