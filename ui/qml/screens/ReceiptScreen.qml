pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// Taken. The number large, what happens next in plain words, the paper as the printer really reports it.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property FinishController finish: kiosk.finish

    backVisible: false
    primaryText: qsTr("下一步")
    onPrimary: kiosk.visit.go("next")
    extras: [
        GsButton {
            objectName: "printReceipt"
            text: screen.finish.printState === "printed" ? qsTr("再打一张") : screen.finish.printState === "printing" ? qsTr("正在打印") : qsTr("打印回执")
            iconName: "printer"
            enabled: screen.finish.printState !== "printing"
            onClicked: screen.finish.print()
        }
    ]

    RowLayout {
        Layout.fillWidth: true
        Layout.topMargin: GsTheme.gap
        spacing: GsTheme.gap
        Rectangle {
            implicitWidth: GsTheme.iconLarge
            implicitHeight: implicitWidth
            radius: implicitWidth / 2
            color: GsTheme.colour.goodSoft
            GsIcon {
                anchors.centerIn: parent
                name: "check"
                colour: GsTheme.colour.good
                size: parent.width * 0.66
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0
            GsText {
                objectName: "takenWords"
                Layout.fillWidth: true
                text: qsTr("已收好，待送出")
                role: "title"
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            GsText {
                Layout.fillWidth: true
                text: screen.finish.itemName
                soft: true
            }
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 1 : 2
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap

        GsCard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            raised: true
            spacing: GsTheme.gap
            padding: GsTheme.px(GsTheme.compact ? 24 : 36)

            GsText {
                text: qsTr("您的编号")
                role: "body"
                soft: true
            }
            GsText {
                objectName: "submissionNo"
                Layout.fillWidth: true
                text: screen.finish.submissionNo
                font.pixelSize: GsTheme.px(GsTheme.elder ? 58 : 54)
                font.bold: true
                wrapMode: Text.WrapAnywhere
                color: GsTheme.colour.accentInk
            }
            GsText {
                Layout.fillWidth: true
                text: qsTr("凭这个编号，或者刷身份证，在任何一台近办机器上都能查。")
            }
        }
        GsCard {
            Layout.fillWidth: GsTheme.portrait
            Layout.fillHeight: true
            raised: true
            padding: GsTheme.px(24)
            spacing: GsTheme.gapSmall
            Rectangle {
                Layout.alignment: Qt.AlignHCenter
                implicitWidth: GsTheme.px(GsTheme.compact ? 220 : 280)
                implicitHeight: implicitWidth
                color: "#ffffff"
                Image {
                    anchors.fill: parent
                    anchors.margins: GsTheme.px(8)
                    fillMode: Image.PreserveAspectFit
                    smooth: false
                    cache: false
                    source: screen.finish.qr
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("回执二维码")
                }
            }
            GsText {
                Layout.alignment: Qt.AlignHCenter
                Layout.maximumWidth: GsTheme.px(340 * GsTheme.titles)
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("手机扫一扫，把回执带走")
                role: "small"
                soft: true
            }
        }
    }
    GsBanner {
        objectName: "printBanner"
        Layout.fillWidth: true
        mood: screen.finish.printState === "printed" ? "good" : screen.finish.printState === "failed" ? "warn" : "info"
        iconName: screen.finish.printState === "failed" ? "printer-off" : "printer"
        text: ({
                idle: qsTr("需要纸质回执，点下面的“打印回执”。"),
                printing: qsTr("正在打印回执"),
                printed: qsTr("回执打好了，请在出纸口取走。")
            })[screen.finish.printState] ?? screen.finish.printFailure
        action: screen.finish.printState === "failed" ? screen.finish.printAction : ""
    }
    GsCard {
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsText {
            text: qsTr("接下来会怎样")
            role: "lead"
            strong: true
        }
        Repeater {
            model: [screen.finish.deliverBy === "" ? qsTr("我们会尽快把您的申请送到办理部门。") : qsTr("我们最迟%1送到办理部门，不用您操心。").arg(GsWords.shortDay(screen.finish.deliverBy)), qsTr("部门会先看材料：齐了就受理；缺什么，会一次说清楚。"), qsTr("没接到消息，请打 12345，报上面的编号。"), qsTr("回执是收下材料的凭据，不代表受理。")]
            RowLayout {
                id: next
                required property string modelData
                required property int index
                Layout.fillWidth: true
                spacing: GsTheme.gap
                Rectangle {
                    Layout.alignment: Qt.AlignTop
                    implicitWidth: GsTheme.px(44 * GsTheme.titles)
                    implicitHeight: implicitWidth
                    radius: implicitWidth / 2
                    color: GsTheme.colour.accentSoft
                    GsText {
                        anchors.centerIn: parent
                        text: next.index + 1
                        role: "small"
                        strong: true
                        color: GsTheme.colour.accentInk
                    }
                }
                GsText {
                    Layout.fillWidth: true
                    text: next.modelData
                }
            }
        }
    }
}
