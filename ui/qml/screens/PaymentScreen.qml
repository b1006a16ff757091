pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// What is to be paid, when and where. No cash; the platform's code while there is a line and it is due.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property ArrangedController arranged: kiosk.arranged
    readonly property bool withCode: arranged.billState === "ready"

    title: arranged.paid ? qsTr("费用已经缴了") : qsTr("这件事要缴费")
    backVisible: !arranged.afterReceipt
    onBack: kiosk.visit.go("back")
    primaryText: arranged.afterReceipt ? qsTr("下一步") : qsTr("知道了")
    onPrimary: kiosk.visit.go(arranged.afterReceipt ? "payment_seen" : "back")

    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait || !screen.withCode || (GsTheme.compact && GsTheme.elder) ? 1 : 2
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap

        GsCard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            raised: true
            spacing: GsTheme.gap

            GsText {
                objectName: "amount"
                visible: screen.arranged.amount !== ""
                Layout.fillWidth: true
                text: qsTr("%1 元").arg(screen.arranged.amount)
                role: "title"
                strong: true
            }
            GsText {
                visible: screen.arranged.freeText !== ""
                Layout.fillWidth: true
                text: screen.arranged.freeText
            }
            GsText {
                visible: !screen.arranged.paid
                Layout.fillWidth: true
                text: screen.arranged.dueAt === "collection" ? qsTr("领结果的时候再缴，现在不用缴。") : screen.withCode ? qsTr("已经受理，现在可以缴。") : qsTr("部门受理以后再缴，现在不用缴。")
                strong: true
            }
            GsLine {
                visible: !screen.arranged.paid && screen.arranged.payAt !== ""
                Layout.fillWidth: true
                labelAbove: true
                label: qsTr("到哪里缴")
                full: screen.arranged.payAt
            }
            GsText {
                visible: !screen.arranged.paid && screen.arranged.payOnline && !screen.withCode
                Layout.fillWidth: true
                text: qsTr("也可以受理以后，在任何一台有网络的机器上刷身份证，从“我的办件”里用手机扫码缴。")
            }
            GsText {
                Layout.fillWidth: true
                text: qsTr("这台机器不收现金，工作人员也不会在机器旁边收钱。")
                role: "small"
                soft: true
            }
        }
        GsCard {
            visible: screen.withCode
            Layout.fillWidth: true
            raised: true
            spacing: GsTheme.gap

            Rectangle {
                Layout.alignment: Qt.AlignHCenter
                implicitWidth: GsTheme.px(GsTheme.compact ? 240 : 320)
                implicitHeight: implicitWidth
                radius: GsTheme.px(10)
                color: "#ffffff"
                border.width: 1
                border.color: GsTheme.colour.line
                Image {
                    anchors.fill: parent
                    anchors.margins: GsTheme.px(6)
                    fillMode: Image.PreserveAspectFit
                    smooth: false
                    cache: false
                    source: screen.arranged.qr
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("缴费码")
                }
            }
            GsText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("用手机扫一扫缴费。缴好了，这里会写“已经缴了”。")
            }
            GsLine {
                Layout.fillWidth: true
                labelAbove: true
                label: qsTr("缴款码")
                full: screen.arranged.code.replace(/(.{4})(?=.)/g, "$1 ")
            }
        }
    }
    GsBanner {
        objectName: "billState"
        visible: ["asking", "offline", "paid"].includes(screen.arranged.billState) && (screen.arranged.payOnline || screen.arranged.paid)
        Layout.fillWidth: true
        mood: screen.arranged.billState === "paid" ? "good" : "info"
        iconName: ({
                asking: "hourglass",
                offline: "wifi-off",
                paid: "circle-check"
            })[screen.arranged.billState] ?? ""
        text: ({
                asking: qsTr("正在看有没有缴费码，请稍等。"),
                offline: qsTr("现在没有网络，看不到缴费码。不影响您办事，以后再缴。"),
                paid: qsTr("已经收到您缴的费。")
            })[screen.arranged.billState] ?? ""
    }
}
