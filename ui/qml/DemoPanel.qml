pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "theme"

// Hands and weather of a demonstration. Never part of a terminal.
Window {
    id: window

    required property DemoPanel panel

    width: 420
    height: Math.max(520, content.implicitHeight + 48)
    visible: true
    title: qsTr("演示控制")
    color: GsTheme.colour.page
    flags: Qt.Tool

    ColumnLayout {
        id: content
        anchors.fill: parent
        anchors.margins: 24
        spacing: 12

        Text {
            text: qsTr("把身份证放到读卡区")
            font.pixelSize: 20
            font.bold: true
            color: GsTheme.colour.text
        }
        Repeater {
            model: window.panel.cards
            Rectangle {
                id: card
                required property string name
                required property string title
                Layout.fillWidth: true
                implicitHeight: 44
                radius: 8
                color: window.panel.card === card.name ? GsTheme.colour.accentSoft : GsTheme.colour.surface
                border.color: window.panel.card === card.name ? GsTheme.colour.accent : GsTheme.colour.line
                Text {
                    anchors.fill: parent
                    anchors.margins: 10
                    elide: Text.ElideRight
                    verticalAlignment: Text.AlignVCenter
                    font.pixelSize: 15
                    color: GsTheme.colour.text
                    text: (window.panel.card === card.name ? qsTr("拿开：") : "") + card.title
                }
                TapHandler {
                    onTapped: window.panel.tap(card.name)
                }
            }
        }
        Item {
            Layout.fillHeight: true
        }
        Repeater {
            model: [
                {
                    on: window.panel.lineUp,
                    yes: qsTr("线路通着：点一下断开"),
                    no: qsTr("线路断了：点一下恢复"),
                    set: value => window.panel.setLine(value)
                },
                {
                    on: window.panel.paper,
                    yes: qsTr("打印机有纸：点一下拿走"),
                    no: qsTr("打印机没纸：点一下加纸"),
                    set: value => window.panel.setPaper(value)
                }
            ]
            Rectangle {
                id: button
                required property var modelData
                Layout.fillWidth: true
                implicitHeight: 48
                radius: 8
                color: button.modelData.on ? GsTheme.colour.goodSoft : GsTheme.colour.warnSoft
                Text {
                    anchors.centerIn: parent
                    font.pixelSize: 16
                    color: GsTheme.colour.text
                    text: button.modelData.on ? button.modelData.yes : button.modelData.no
                }
                TapHandler {
                    onTapped: button.modelData.set(!button.modelData.on)
                }
            }
        }
    }
}
