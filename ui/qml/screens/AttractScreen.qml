import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// Nobody is here: what this is, that it works, and one large way in.
Item {
    id: screen

    required property Kiosk kiosk
    readonly property int edge: GsTheme.px(GsTheme.portrait ? 72 : 140)
    readonly property color ink: GsTheme.highContrast ? GsTheme.colour.text : "#ffffff"
    readonly property color softInk: GsTheme.highContrast ? GsTheme.colour.text : "#d9ecea"

    readonly property string contact: [qsTr("咨询投诉电话 %1").arg(kiosk.board.hotline), kiosk.board.openingHours].filter(part => part !== "").join("　")

    Rectangle {
        anchors.fill: parent
        color: GsTheme.highContrast ? GsTheme.colour.page : "#0b4d56"
    }
    GsHills {
        visible: !GsTheme.highContrast
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: parent.height * (GsTheme.portrait ? 0.36 : 0.44)
    }
    MouseArea {
        anchors.fill: parent
        onClicked: screen.kiosk.visit.go("touch")
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: screen.edge
        anchors.rightMargin: screen.edge
        anchors.topMargin: GsTheme.gapLarge
        anchors.bottomMargin: GsTheme.gapLarge
        spacing: GsTheme.elder && (GsTheme.compact || !GsTheme.portrait && screen.kiosk.board.notices.count > 0) ? GsTheme.gapSmall : GsTheme.gapLarge

        Item {
            Layout.fillHeight: true
        }
        GsText {
            Layout.fillWidth: true
            text: qsTr("家门口的事，\n在这里就能办")
            // Han characters say more in less room.
            font.pixelSize: GsTheme.px(text.length > 24 ? (GsTheme.compact ? 64 : 76) : GsTheme.compact ? 84 : GsTheme.elder ? 108 : 96)
            strong: true
            color: screen.ink
            lineHeight: 1.15
        }
        GsNotices {
            Layout.fillWidth: true
            Layout.maximumWidth: GsTheme.px(1240)
            model: screen.kiosk.board.notices
            most: GsTheme.compact || GsTheme.elder ? 1 : 2
            brief: !GsTheme.portrait && (GsTheme.elder || GsTheme.compact)
            ink: screen.ink
        }
        GsText {
            visible: GsTheme.portrait || screen.kiosk.board.notices.count === 0
            Layout.fillWidth: true
            Layout.maximumWidth: GsTheme.px(1240)
            text: qsTr("低保、养老、残疾人补贴、就业……带上身份证，一步一步跟着屏幕走。没有网络也能办。")
            role: "lead"
            color: screen.softInk
            lineHeight: 1.35
        }
        GsButton {
            objectName: "startButton"
            Layout.minimumWidth: GsTheme.px(480)
            implicitHeight: GsTheme.px(GsTheme.elder ? 124 : 112)
            text: qsTr("点这里，开始办事")
            iconAfter: "arrow-right"
            onClicked: screen.kiosk.visit.go("touch")
        }
        GsText {
            objectName: "cardForgotten"
            visible: screen.kiosk.card.lying
            Layout.fillWidth: true
            text: qsTr("读卡区有一张忘了拿的身份证，请交给工作人员。")
            role: "lead"
            strong: true
            color: screen.ink
        }
        GsText {
            objectName: "lastIncident"
            visible: screen.kiosk.visit.incident !== ""
            Layout.fillWidth: true
            text: qsTr("刚才机器出了点问题，现在好了。没办完的，刷同一张身份证接着办。问题编号 %1").arg(screen.kiosk.visit.incident)
            role: "body"
            strong: true
            color: screen.ink
        }
        Item {
            Layout.fillHeight: true
            Layout.preferredHeight: GsTheme.portrait ? parent.height * 0.3 : 0
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: GsTheme.gapLarge

            GsText {
                text: screen.kiosk.status.clock
                role: "headline"
                color: screen.ink
                lineHeight: 1
                wrapMode: Text.NoWrap
            }
            GsText {
                Layout.fillWidth: true
                text: GsWords.day(screen.kiosk.status.today) + "\n" + screen.contact
                role: "small"
                color: screen.ink
                lineHeight: 1.2
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
}
