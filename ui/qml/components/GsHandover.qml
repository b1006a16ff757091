pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// Files the resident brings along: a code for the phone, or the list of what lies on a USB stick.
Item {
    id: view

    required property HandoverController handover
    required property VisitController visit
    readonly property bool byPhone: handover.way === "phone"
    readonly property bool tight: GsTheme.compact && !GsTheme.portrait

    function sizeOf(kilobytes: int): string {
        return kilobytes < 1000 ? qsTr("%1 KB").arg(kilobytes) : qsTr("%1 MB").arg((kilobytes / 1024).toFixed(1));
    }

    GridLayout {
        visible: view.byPhone
        anchors.fill: parent
        columns: GsTheme.portrait ? 1 : 2
        columnSpacing: GsTheme.gapLarge
        rowSpacing: GsTheme.gap

        Rectangle {
            Layout.alignment: Qt.AlignHCenter | Qt.AlignTop
            implicitWidth: Math.min(GsTheme.px(560), view.height - GsTheme.gap, view.width)
            implicitHeight: implicitWidth
            radius: GsTheme.radius
            color: "#ffffff"
            border.width: 1
            border.color: GsTheme.colour.line

            Image {
                objectName: "handoverCode"
                visible: view.handover.code !== ""
                anchors.fill: parent
                anchors.margins: GsTheme.px(10)
                fillMode: Image.PreserveAspectFit
                smooth: false
                cache: false
                source: view.handover.code
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("传材料用的二维码")
            }
            GsWaiting {
                visible: view.handover.code === ""
                anchors.centerIn: parent
                width: parent.width - 2 * GsTheme.gapLarge
                text: qsTr("正在准备")
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.bottomMargin: GsTheme.gap
            spacing: view.tight ? GsTheme.gapSmall : GsTheme.gap

            Repeater {
                model: [qsTr("手机连上本点的无线网。"), qsTr("用手机扫这个二维码，打开网页。"), qsTr("拍照，或者选照片、PDF。传好的会出现在这里。")]
                RowLayout {
                    id: step
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
                            text: step.index + 1
                            role: "small"
                            strong: true
                            color: GsTheme.colour.accentInk
                        }
                    }
                    GsText {
                        Layout.fillWidth: true
                        text: step.modelData
                    }
                }
            }
            GsBanner {
                objectName: "handoverSays"
                Layout.fillWidth: true
                mood: view.handover.arrived > 0 ? "good" : "info"
                iconName: view.handover.arrived > 0 ? "circle-check" : "hourglass"
                text: view.handover.arrived > 0 ? qsTr("收到 %1 页。还可以接着传，传完请点“传好了”。").arg(view.handover.arrived) : qsTr("等您的手机传过来。")
            }
            GsProblem {
                Layout.fillWidth: true
                visit: view.visit
            }
            GsText {
                visible: !(view.tight && GsTheme.elder)
                Layout.fillWidth: true
                role: "small"
                soft: true
                text: qsTr("只传给这台机器，传的时候加了密。")
            }
            Item {
                Layout.fillHeight: true
            }
        }
    }
    GsScroll {
        visible: !view.byPhone
        anchors.fill: parent
        anchors.leftMargin: -GsTheme.margin
        anchors.rightMargin: -GsTheme.margin
        spacing: GsTheme.gapSmall

        GsProblem {
            Layout.fillWidth: true
            visit: view.visit
        }
        GsWaiting {
            visible: view.handover.working && view.handover.files.count === 0
            Layout.fillWidth: true
            text: qsTr("正在看 U 盘里有什么")
        }
        GsText {
            visible: !view.handover.working && view.handover.files.count === 0 && view.visit.problemCause === ""
            Layout.fillWidth: true
            text: qsTr("U 盘里没有照片或 PDF。")
        }
        GsButton {
            objectName: "lookAgain"
            visible: !view.handover.working && view.handover.files.count === 0
            text: qsTr("再看一次")
            iconName: "refresh"
            onClicked: view.handover.openStick()
        }
        GsText {
            visible: view.handover.files.count > 0
            Layout.fillWidth: true
            text: qsTr("点要交的那个文件。U 盘里的东西不会被改动。")
            soft: true
        }
        Repeater {
            model: view.handover.files
            GsChoice {
                required property int index
                required property string ident
                required property string name
                required property int size
                required property string changedAt
                required property string standing

                Layout.fillWidth: true
                objectName: "file_" + index
                enabled: !view.handover.working && standing !== "here"
                chosen: standing === "here"
                text: name
                note: {
                    if (standing === "here")
                        return qsTr("已收到");
                    if (standing === "coming")
                        return qsTr("正在打开");
                    if (standing === "refused")
                        return qsTr("打不开，请换一个");
                    return qsTr("%1，%2").arg(GsWords.day(changedAt.slice(0, 10))).arg(view.sizeOf(size));
                }
                onClicked: view.handover.take(ident)
            }
        }
    }
}
